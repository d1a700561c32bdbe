import type { Ruling } from './page.ts';

/** Codes of the drawing operators, by name, as the library numbers them. */
type OperatorCodes = Readonly<Record<string, number>>;

const THIN = 3;

/** a after b, both as [a, b, c, d, e, f]. */
export function multiply(outer: readonly number[], inner: readonly number[]): number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

type Point = readonly [number, number];

/** Horizontal and vertical lines drawn on a page: strokes, frames and thin filled bars. */
export function rulingsOf(
  operators: readonly number[],
  operands: readonly unknown[],
  transform: readonly number[],
  codes: OperatorCodes,
): Ruling[] {
  const rulings: Ruling[] = [];
  const strokes = new Set(
    ['stroke', 'closeStroke', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'].map(
      (name) => codes[name],
    ),
  );
  const fills = new Set([codes.fill, codes.eoFill]);
  let matrix: readonly number[] = transform;
  const stack: (readonly number[])[] = [];
  for (const [index, operator] of operators.entries()) {
    const operand = operands[index];
    const list: readonly unknown[] = Array.isArray(operand) ? operand : [];
    if (operator === codes.save) stack.push(matrix);
    else if (operator === codes.restore || operator === codes.paintFormXObjectEnd) matrix = stack.pop() ?? transform;
    else if (operator === codes.transform) matrix = multiply(matrix, numbers(list));
    else if (operator === codes.paintFormXObjectBegin) {
      stack.push(matrix);
      if (Array.isArray(list[0])) matrix = multiply(matrix, numbers(list[0]));
    } else if (operator === codes.constructPath) {
      const paint = Number(list[0]);
      const data: unknown = Array.isArray(list[1]) ? list[1][0] : undefined;
      const isStroke = strokes.has(paint);
      if (data === null || typeof data !== 'object' || !(isStroke || fills.has(paint))) continue;
      for (const path of subpaths(Array.from(data as ArrayLike<number>), matrix)) {
        addBar(rulings, path);
        if (isStroke) addStrokes(rulings, path);
      }
      if (rulings.length > 20_000) return rulings;
    }
  }
  return rulings;
}

function numbers(list: readonly unknown[]): number[] {
  return list.map(Number);
}

/** Path data is a list of 0 x y (move), 1 x y (line), 2 and six numbers (curve), 3 and four (curve), 4 (close). */
function subpaths(data: readonly number[], matrix: readonly number[]): Point[][] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const paths: Point[][] = [];
  let path: Point[] = [];
  const add = (at: number): void => {
    const x = data[at] ?? 0;
    const y = data[at + 1] ?? 0;
    path.push([a * x + c * y + e, b * x + d * y + f]);
  };
  for (let at = 0; at < data.length; ) {
    const kind = data[at];
    if (kind === 0) {
      if (path.length > 1) paths.push(path);
      path = [];
      add(at + 1);
      at += 3;
    } else if (kind === 1) {
      add(at + 1);
      at += 3;
    } else if (kind === 2 || kind === 3) {
      at += kind === 2 ? 7 : 5;
      // A curve is no ruling: what was drawn so far stands for itself.
      if (path.length > 1) paths.push(path);
      path = [];
      add(at - 2);
    } else {
      const first = path[0];
      if (kind === 4 && first) path.push(first);
      at += 1;
    }
  }
  if (path.length > 1) paths.push(path);
  return paths;
}

/** A filled or stroked box so thin that it is a line. */
function addBar(rulings: Ruling[], path: readonly Point[]): void {
  if (path.length < 4) return;
  const xs = path.map((point) => point[0]);
  const ys = path.map((point) => point[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (bottom - top <= THIN && right - left > THIN) {
    rulings.push({ horizontal: true, at: (top + bottom) / 2, from: left, to: right });
  } else if (right - left <= THIN && bottom - top > THIN) {
    rulings.push({ horizontal: false, at: (left + right) / 2, from: top, to: bottom });
  }
}

function addStrokes(rulings: Ruling[], path: readonly Point[]): void {
  for (const [index, point] of path.entries()) {
    const next = path[index + 1];
    if (!next) continue;
    const [dx, dy] = [Math.abs(point[0] - next[0]), Math.abs(point[1] - next[1])];
    if (dy <= 0.7 && dx > THIN) {
      const [from, to] = [Math.min(point[0], next[0]), Math.max(point[0], next[0])];
      rulings.push({ horizontal: true, at: (point[1] + next[1]) / 2, from, to });
    } else if (dx <= 0.7 && dy > THIN) {
      const [from, to] = [Math.min(point[1], next[1]), Math.max(point[1], next[1])];
      rulings.push({ horizontal: false, at: (point[0] + next[0]) / 2, from, to });
    }
  }
}
