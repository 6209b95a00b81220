/** A sticky note: plain text on the ground, below arrows and cards. */

import { type NodeProps, NodeResizeControl } from "@xyflow/react";
import { type KeyboardEvent, type ReactElement, memo, useEffect, useRef } from "react";
import { snapped } from "../state/edits";
import type { NoteNode } from "../state/flow";
import { COLORS, LEAST, noteOf } from "../state/notes";
import { useDesk, usePlace } from "./context";

function Text({ id, text }: { readonly id: string; readonly text: string }): ReactElement {
  const { desk, deeds } = usePlace();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const done = (): void => {
    const written = field.current?.value ?? text;
    if (written !== text) deeds.note(id, { text: written });
    if (desk.labelled === id) desk.openLabel(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    event.stopPropagation();
    const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (!isDone) return;
    event.preventDefault();
    const ground = event.currentTarget.closest<HTMLElement>(".ground");
    done();
    ground?.focus({ preventScroll: true });
  };
  return (
    <textarea
      ref={field}
      className="nodrag nopan nowheel"
      aria-label="Text of the note"
      defaultValue={text}
      onBlur={done}
      onKeyDown={onKeyDown}
    />
  );
}

export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>): ReactElement {
  const { deeds } = usePlace();
  const isOpen = useDesk(({ labelled }) => labelled === id);
  const { text, color } = noteOf(data.value.fields);
  return (
    <div className="note" data-color={color} data-testid="note">
      {isOpen ? (
        <Text id={id} text={text} />
      ) : (
        <p className={text ? "" : "quiet"}>{text || "Double click to write"}</p>
      )}
      {selected && (
        <>
          <div className="note-colors nodrag" role="group" aria-label="Colour of the note">
            {COLORS.map((one) => (
              <button
                key={one}
                type="button"
                data-color={one}
                aria-label={one}
                aria-pressed={one === color}
                title={one}
                onClick={() => deeds.note(id, { color: one })}
              />
            ))}
          </div>
          <NodeResizeControl
            position="bottom-right"
            className="note-grip"
            minWidth={LEAST[0]}
            minHeight={LEAST[1]}
            onResizeEnd={(_event, { width, height }) => deeds.note(id, { size: snapped([width, height]) })}
          />
        </>
      )}
    </div>
  );
});
