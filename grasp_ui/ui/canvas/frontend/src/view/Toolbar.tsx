/** The bar above the graph: editing and view, the sample, problems and saving. */

import { type ReactElement, type ReactNode, useEffect } from "react";
import { useViewport } from "@xyflow/react";
import { usePlace, useSignal } from "./context";
import { Icon } from "./Icon";
import type { Hands } from "./keys";

interface ToolProps {
  readonly icon: string;
  readonly label: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function Tool({ icon, label, keys, disabled, pressed, onClick }: ToolProps): ReactElement {
  return (
    <button
      type="button"
      className="tool"
      aria-label={label}
      aria-pressed={pressed}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function Group({ children, name }: { readonly children: ReactNode; readonly name: string }): ReactElement {
  return (
    <div className="tools" role="group" aria-label={name}>
      {children}
    </div>
  );
}

function Editing({ hands }: { readonly hands: Hands }): ReactElement {
  const { editor } = hands.desk;
  useSignal(editor);
  const { zoom } = useViewport();
  const { undoes, redoes } = editor.history;
  const tidy = (): void => {
    hands.deeds.tidy();
    setTimeout(() => hands.sight.fit(), 40);
  };
  return (
    <>
      <Group name="Edit">
        <Tool icon="undo" label={undoes ? `Undo: ${undoes}` : "Undo"} keys="Ctrl+Z" disabled={!undoes} onClick={() => editor.undo()} />
        <Tool icon="redo" label={redoes ? `Redo: ${redoes}` : "Redo"} keys="Ctrl+Y" disabled={!redoes} onClick={() => editor.redo()} />
      </Group>
      <Group name="View">
        <Tool icon="search" label="Find a node" keys="Ctrl+K" onClick={() => hands.openFind()} />
        <Tool icon="account_tree" label="Tidy up" keys="L" onClick={tidy} />
        <Tool icon="fit_screen" label="Fit everything" keys="F" onClick={() => hands.sight.fit()} />
        <Tool icon="remove" label="Zoom out" keys="−" onClick={() => hands.sight.zoomOut()} />
        <output className="zoom" aria-label="Zoom">{Math.round(zoom * 100)}%</output>
        <Tool icon="add" label="Zoom in" keys="+" onClick={() => hands.sight.zoomIn()} />
      </Group>
    </>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function Progress(): ReactElement | null {
  const { desk } = usePlace();
  useSignal(desk.runs);
  const view = desk.runs.view;
  if (!view) return null;
  const share = (count: number): string => `${view.records > 0 ? Math.min(1, count / view.records) * 100 : 0}%`;
  const figures = `${view.done} of ${view.records}`;
  const failed = view.failed ? ` · ${view.failed} failed` : "";
  const end = view.state === "done" ? `${figures} done` : `${capital(view.state)} at ${figures}`;
  return (
    <div className="progress" data-state={view.state} role="status" title={view.reason || undefined}>
      <span className="bar" aria-hidden="true">
        <i style={{ width: share(view.done) }} />
        <i className="lost" style={{ width: share(view.failed ?? 0) }} />
      </span>
      <span className="figures">
        {desk.runs.isLive ? figures : end}
        {failed}
      </span>
      {!desk.runs.isLive && view.done > 0 && (
        <button type="button" className="link" aria-label="Open conversations" title="Open conversations" onClick={() => desk.order("open_conversations")}>
          <Icon name="forum" size={16} />
          <span>Open conversations</span>
        </button>
      )}
    </div>
  );
}

function Sample(): ReactElement {
  const { desk } = usePlace();
  useSignal(desk);
  useSignal(desk.runs);
  useEffect(() => desk.runs.subscribe(() => desk.heard()), [desk]);
  const isLive = desk.runs.isLive;
  return (
    <div className="sample" role="group" aria-label="Sample run">
      <label className="amount">
        <span>Sample</span>
        <input
          type="number"
          min={1}
          max={100}
          aria-label="Records in the sample"
          value={desk.records}
          disabled={isLive}
          onChange={(event) => desk.setRecords(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => event.key === "Enter" && desk.run()}
        />
      </label>
      {isLive ? (
        <button type="button" className="stop" disabled={desk.asked === "stop"} onClick={() => desk.stop()}>
          <Icon name="stop-fill" size={17} />
          <span>{desk.asked === "stop" ? "Stopping" : "Stop"}</span>
        </button>
      ) : (
        <button type="button" className="run" disabled={desk.asked === "run"} title="Run a sample (Ctrl+Enter)" onClick={() => desk.run()}>
          <Icon name="play_arrow-fill" size={18} />
          <span>{desk.asked === "run" ? "Starting" : "Run"}</span>
        </button>
      )}
      <Progress />
    </div>
  );
}

function Keeping(): ReactElement {
  const { desk } = usePlace();
  useSignal(desk.editor);
  useSignal(desk);
  const isTold = desk.editor.sync.isSettled;
  const { problems, saved } = desk.shown;
  const word = !isTold ? "Keeping…" : saved ? "Saved" : "Draft kept";
  const count = problems.length;
  return (
    <div className="keeping">
      {count > 0 && (
        <button
          type="button"
          className="troubles"
          data-severity={desk.hasErrors ? "error" : "warning"}
          aria-expanded={desk.panel === "problems"}
          onClick={() => desk.toggle("problems")}
        >
          <Icon name={desk.hasErrors ? "error" : "warning"} size={17} />
          <span>{count === 1 ? "1 problem" : `${count} problems`}</span>
        </button>
      )}
      <span className="kept" role="status">
        <Icon name={isTold ? "cloud_done" : "cloud_upload"} size={17} />
        <span>{word}</span>
      </span>
      <button type="button" className="save" disabled={saved === true && isTold} title="Save the graph's file (Ctrl+S)" onClick={() => desk.order("save")}>
        Save
      </button>
      <Tool icon="keyboard" label="Shortcuts" keys="?" pressed={desk.panel === "shortcuts"} onClick={() => desk.toggle("shortcuts")} />
    </div>
  );
}

/** Which kept versions are looked at, and the way back. */
function Compared(): ReactElement {
  const { desk } = usePlace();
  return (
    <div className="compared">
      <span role="status">{desk.shown.words}</span>
      <button type="button" className="link" onClick={desk.back}>
        Back to the drawing
      </button>
    </div>
  );
}

export function Toolbar({ hands }: { readonly hands: Hands }): ReactElement {
  return (
    <div className="toolbar" role="toolbar" aria-label="Canvas">
      <Editing hands={hands} />
      {hands.desk.editor.isStill ? <Compared /> : <Sample />}
      {!hands.desk.editor.isStill && <Keeping />}
    </div>
  );
}
