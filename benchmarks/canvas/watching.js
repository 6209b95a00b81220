// Runs in the page before its own scripts: sees what is painted, frame by frame.
globalThis.bench = (() => {
  const PATIENCE_MS = 90_000;
  let host;
  const canvas = () => {
    if (!host?.isConnected) {
      const roots = [...document.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot);
      host = roots.map((root) => root?.querySelector(".canvas")).find(Boolean);
    }
    return host;
  };
  const card = (name) => canvas()?.querySelector(`.react-flow__node[data-id="${name}"]`);
  const frame = () => new Promise(requestAnimationFrame);

  /** Milliseconds from `begun` to the end of the first frame in which `see` finds something. */
  const until = async (see, begun) => {
    for (const asked = performance.now(); performance.now() - asked < PATIENCE_MS; ) {
      const seen = see();
      if (seen) {
        await frame();
        return { ms: performance.now() - begun(), seen };
      }
      await frame();
    }
    throw new Error(`Not seen in ${PATIENCE_MS} ms: ${see}`);
  };

  /** The middle of a card that is painted where it can be clicked; asks once for a fit. */
  let isFitted = false;
  const clickable = (name) => {
    if (!canvas()) return undefined;
    const box = card(name)?.getBoundingClientRect();
    const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [-1, -1];
    const top = host.getRootNode().elementFromPoint(x, y);
    if (box?.width > 0 && card(name).contains(top)) return [x, y];
    const isPainted = host.querySelector(".react-flow__node-card")?.getBoundingClientRect().width > 0;
    const fit = host.querySelector("button[aria-label='Fit everything']");
    if (isPainted && fit && !isFitted) {
      isFitted = true;
      fit.click();
    }
    return undefined;
  };

  /** The red node of the reference's picture, in pixels of the page. */
  const red = () => {
    const frame = document.querySelector("iframe");
    const picture = frame?.contentDocument?.querySelector("canvas");
    if (!picture?.width) return undefined;
    const { width, height } = picture;
    const { data } = picture.getContext("2d").getImageData(0, 0, width, height);
    const found = [];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] > 240 && data[at + 1] < 15 && data[at + 2] < 15 && data[at + 3] > 240) found.push(at / 4);
    }
    if (found.length === 0) return undefined;
    const pixel = found[Math.floor(found.length / 2)];
    const outer = frame.getBoundingClientRect();
    const inner = picture.getBoundingClientRect();
    const scale = inner.width / width;
    return [outer.x + inner.x + (pixel % width) * scale, outer.y + inner.y + Math.floor(pixel / width) * scale];
  };

  /** The red node once it has stood still for some frames: the picture moves while it opens. */
  let stood = { at: "", frames: 0 };
  const still = () => {
    const place = red();
    const at = String(place);
    stood = { at, frames: at === stood.at ? stood.frames + 1 : 0 };
    return place && stood.frames > 8 ? place : undefined;
  };

  const says = (words) => [...document.querySelectorAll("p")].some((line) => line.textContent === words);
  const form = (name) => [...document.querySelectorAll("input[aria-label='Node']")].some(({ value }) => value === name);
  const revision = (which) => Number(canvas()?.dataset[which]);
  const mounts = () => globalThis[Symbol.for("grasp-ui.canvas")].mounts;
  const idle = () => document.querySelector("[data-testid='stApp']")?.dataset.testScriptState === "notRunning";

  // When the last press, release or key was, by the browser's own clock.
  const last = { pointerdown: 0, pointerup: 0, keydown: 0 };
  const listen = (target) => {
    for (const type of Object.keys(last)) {
      target.addEventListener(type, ({ timeStamp }) => (last[type] = timeStamp), { capture: true });
    }
  };
  listen(globalThis);

  /** When the reference's picture, a page of its own, was pressed; in our time. */
  const pressed = () => {
    const { bench, performance: clock } = document.querySelector("iframe").contentWindow;
    return bench.last.pointerdown + clock.timeOrigin - performance.timeOrigin;
  };

  /** Frames in the time that `stop` has not been called. */
  const frames = { times: [], isOn: false };
  const count = () => {
    frames.times = [];
    frames.isOn = true;
    const tick = (now) => {
      frames.times.push(now);
      if (frames.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  };
  const counted = () => {
    frames.isOn = false;
    return frames.times.slice(1).map((time, at) => time - frames.times[at]);
  };
  return { canvas, card, clickable, count, counted, form, idle, last, mounts, pressed, red, revision, says, still, until };
})();
