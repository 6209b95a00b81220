/** A field for a condition: it completes variables and says whether the condition can be read. */

import { type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from "react";
import { completion, faultOf } from "../state/condition";
import { variablesAfter } from "../state/variables";
import { usePlace } from "./context";
import { Icon } from "./Icon";

interface ConditionProps {
  /** The node whose arrow it is. */
  readonly source: string;
  readonly when: string;
  readonly isNeeded: boolean;
  readonly onDone: (when: string) => void;
  readonly onLeave: () => void;
  readonly onBlur?: (when: string) => void;
  /** What stands below it, told what is typed and whether it is right. */
  readonly children?: (when: string, isRight: boolean) => ReactNode;
}

export function Condition(props: ConditionProps): ReactElement {
  const { source, when, isNeeded, onDone, onLeave, onBlur, children } = props;
  const { desk } = usePlace();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(when);
  const [caret, setCaret] = useState(-1);
  const [at, setAt] = useState(0);
  const known = variablesAfter(desk.editor.document, desk.shown.kinds, desk.shown.seeds, source);
  const { start, names } = caret < 0 ? { start: 0, names: [] } : completion(text, caret, known);
  const isBlank = !text.trim();
  const fault = isBlank && !isNeeded ? undefined : faultOf(text);

  const complete = (name: string | undefined): void => {
    if (name === undefined) return;
    const next = `${text.slice(0, start)}${name}${text.slice(caret)}`;
    setText(next);
    setCaret(-1);
    const end = start + name.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(end, end));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && names.length > 0) setAt((now) => (now + step + names.length) % names.length);
    else if (step) setCaret(event.currentTarget.selectionStart ?? text.length);
    if (event.key === "Tab" && names.length > 0) complete(names[at]);
    else if (event.key === "Enter") onDone(text);
    else if (event.key === "Escape" && names.length > 0) setCaret(-1);
    else if (event.key === "Escape") onLeave();
    else if (!step) return;
    event.preventDefault();
  };
  return (
    <div className="condition-field" data-right={!fault}>
      <input
        ref={field}
        className="condition-input"
        aria-label="Condition"
        aria-invalid={Boolean(fault)}
        role="combobox"
        aria-expanded={names.length > 0}
        aria-controls="variables"
        placeholder="score < 4"
        value={text}
        autoFocus
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
          setAt(0);
        }}
        onBlur={() => onBlur?.(text)}
        onKeyDown={onKeyDown}
      />
      <div className="condition-below">
        {names.length > 0 && (
          <div className="variables" id="variables" role="listbox" aria-label="Variables">
            {names.map((name, index) => (
              <button
                key={name}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onPointerDown={(event) => {
                  event.preventDefault();
                  complete(name);
                }}
              >
                {name}
              </button>
            ))}
          </div>
        )}
        <div className="verdict" role="status">
          {!fault && !isBlank && <Icon name="check_circle-fill" size={14} />}
          {fault && !isBlank && <Icon name="error" size={14} />}
          {fault ? fault.what : isBlank ? "Always taken." : "This can be read."}
        </div>
        {children?.(text, !fault)}
      </div>
    </div>
  );
}
