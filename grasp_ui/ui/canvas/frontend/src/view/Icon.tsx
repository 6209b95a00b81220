/** A Material Symbol by name; a neutral glyph for one that is not in the bundle. */

import type { ReactElement } from "react";
import paths from "icons:paths";

const UNKNOWN = "deployed_code";

interface IconProps {
  readonly name: string;
  readonly size?: number;
}

export function Icon({ name, size = 18 }: IconProps): ReactElement {
  const plain = name.replace(/^:material\/|:$/g, "");
  return (
    <svg className="icon" width={size} height={size} viewBox="0 -960 960 960" aria-hidden="true">
      <path d={paths[plain] ?? paths[UNKNOWN]} />
    </svg>
  );
}
