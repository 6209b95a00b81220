/** Copy, cut and paste through the browser's clipboard, while the graph has the focus. */

import { type RefObject, useEffect } from "react";
import type { Hands } from "./keys";
import { isTyping } from "./keys";

function hasFocus(ground: HTMLElement): boolean {
  const root = ground.getRootNode() as ShadowRoot | Document;
  return ground.contains(root.activeElement);
}

export function useClipboard(ground: RefObject<HTMLElement | null>, hands: Hands | undefined): void {
  useEffect(() => {
    const hear = (event: ClipboardEvent): void => {
      const { clipboardData } = event;
      if (!hands || !clipboardData || !ground.current || !hasFocus(ground.current)) return;
      if (isTyping(event)) return;
      if (event.type === "paste") paste(clipboardData.getData("text/plain"), hands);
      else {
        const text = hands.deeds.copy();
        if (text === undefined) return;
        clipboardData.setData("text/plain", text);
        if (event.type === "cut") hands.deeds.remove();
      }
      event.preventDefault();
    };
    const kinds = ["copy", "cut", "paste"] as const;
    for (const kind of kinds) document.addEventListener(kind, hear);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, hear);
    };
  }, [ground, hands]);
}

function paste(text: string, { desk, deeds, sight }: Hands): void {
  const isDone = deeds.paste(text, sight.middle(), (place) => sight.isSeen(place));
  if (!isDone) desk.say("The clipboard holds no nodes. Copy some on a canvas first.");
}
