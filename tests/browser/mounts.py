"""Watches that a canvas is mounted once each time that one comes to it, and never again."""

from playwright.sync_api import Page

WATCH = """(() => {
  const PLACE = Symbol.for("grasp-ui.canvas");
  const LOADS = "tests.mounts";
  const canvasHere = () => {
    const graph = new URLSearchParams(location.search).get("graph");
    return location.pathname.endsWith("/design") && graph;
  };
  let here = canvasHere(), visits = here ? 1 : 0;
  const look = () => {
    const now = canvasHere();
    if (now && now !== here) visits += 1;
    here = now;
  };
  for (const name of ["pushState", "replaceState"]) {
    const change = history[name];
    history[name] = function (...said) { change.apply(this, said); look(); };
  }
  addEventListener("popstate", look);
  const counted = () => ({ visits: Math.max(visits, 1), mounts: globalThis[PLACE]?.mounts ?? 0 });
  globalThis.testsMounts = () => [...JSON.parse(sessionStorage[LOADS] ?? "[]"), counted()];
  addEventListener("pagehide", () => {
    sessionStorage[LOADS] = JSON.stringify(globalThis.testsMounts());
  });
})();"""


def watch_mounts(tab: Page) -> None:
    """Count, from the next load on, how often one comes to a canvas and how often it is mounted."""
    tab.add_init_script(WATCH)


def mounts_too_many(tab: Page) -> list[str]:
    """What to say of each load of a page that mounted a canvas anew while one looked at it."""
    if tab.is_closed():
        return []
    loads = tab.evaluate("globalThis.testsMounts?.() ?? []")
    return [
        f"load {number}: {load['mounts']} mounts in {load['visits']} visits to a canvas"
        for number, load in enumerate(loads, start=1)
        if load["mounts"] > load["visits"]
    ]
