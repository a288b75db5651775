// Of a long list only the rows in sight are drawn; what is above and below is empty room.

interface InSight<T> {
  rows: T[];
  /** The height of what is left out before and after them. */
  above: number;
  below: number;
}

/** The rows that lie between `top` and `top + seen`, and `margin` beyond. */
export function inSight<T>(rows: T[], height: (row: T) => number, top: number, seen: number, margin: number): InSight<T> {
  const found: T[] = [];
  let [above, below, y] = [0, 0, 0];
  for (const row of rows) {
    const h = height(row);
    if (y + h < top - margin) above += h;
    else if (y > top + seen + margin) below += h;
    else found.push(row);
    y += h;
  }
  return { rows: found, above, below };
}
