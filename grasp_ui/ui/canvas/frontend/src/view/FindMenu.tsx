/** Search in the graph: by name, kind or text; choosing jumps there. */

import type { ReactElement } from "react";
import { nodesFound } from "../state/finding";
import { type Choice, Chooser } from "./Chooser";
import { usePlace } from "./context";
import type { Sight } from "./sight";

interface FindMenuProps {
  readonly sight: Sight;
  readonly onDone: () => void;
}

export function FindMenu({ sight, onDone }: FindMenuProps): ReactElement {
  const { desk, deeds } = usePlace();
  const { kinds } = desk.shown;
  const { document } = desk.editor;
  const choicesOf = (query: string): Choice[] =>
    nodesFound(document, kinds, query).map(({ name, title, kind, excerpt }): Choice => {
      const look = kinds[document.nodes[name]?.kind ?? ""];
      return {
        key: name,
        title,
        help: excerpt || (title === name ? kind : `${name} · ${kind}`),
        icon: look?.icon ?? "",
        color: look?.color ?? "",
        heading: "In this graph",
        act: () => {
          deeds.select([name]);
          sight.centre(name);
        },
      };
    });
  return (
    <Chooser
      title="Find a node"
      label="Search this graph"
      placeholder="Name, kind or prompt…"
      choicesOf={choicesOf}
      onDone={onDone}
    />
  );
}
