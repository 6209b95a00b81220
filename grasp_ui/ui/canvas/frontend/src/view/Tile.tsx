/** The coloured square with a kind's icon. */

import type { CSSProperties, ReactElement } from "react";
import { Icon } from "./Icon";

interface TileProps {
  readonly icon: string;
  readonly color: string;
  readonly size?: number;
}

export function Tile({ icon, color, size = 32 }: TileProps): ReactElement {
  const style = { "--kind": color || "#7a8194", width: size, height: size } as CSSProperties;
  return (
    <span className="tile" style={style}>
      <Icon name={icon} size={Math.round(size * 0.6)} />
    </span>
  );
}
