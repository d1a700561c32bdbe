import { type UnitKind, unitKinds } from '../unit.ts';

export type Arrangement = 'kind' | 'area' | 'parent';

export interface TreeUnit {
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly kind: UnitKind;
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly search: string;
}

export interface TreeNode {
  key: string;
  title: string;
  selectable?: boolean;
  children?: TreeNode[];
}

/** The units as a tree in the wanted arrangement; with `typed`, only those that fit and what leads to them. */
export function arrange(
  units: readonly TreeUnit[],
  enterprises: readonly { areaCode: string; count: number }[],
  by: Arrangement,
  typed: string,
): TreeNode[] {
  const q = typed.trim().toLowerCase();
  const fits = (unit: TreeUnit): boolean =>
    q === '' || `${unit.name} ${unit.shortName ?? ''} ${unit.search}`.toLowerCase().includes(q);
  const firms = enterprises.reduce((sum, one) => sum + one.count, 0);
  if (by === 'parent') return below(units, null, fits);
  const leaf = (unit: TreeUnit): TreeNode => ({ key: unit.id, title: unit.name });
  if (by === 'kind') {
    const groups = (Object.keys(unitKinds) as UnitKind[]).flatMap((kind) =>
      group(`kind-${kind}`, unitKinds[kind], units.filter((unit) => unit.kind === kind && fits(unit)).map(leaf)),
    );
    return q === '' && firms > 0 ? [...groups, { key: 'enterprises:', title: `企业（${firms}）` }] : groups;
  }
  const homes = units.filter((unit) => unit.kind === 'town' || unit.kind === 'zone');
  const own = (unit: TreeUnit): TreeUnit | undefined =>
    homes.find((home) => home.areaCode.length > 6 && unit.areaCode.startsWith(home.areaCode));
  const nodes = group('area-here', '区本级', units.filter((unit) => !own(unit) && fits(unit)).map(leaf));
  for (const home of homes.filter((one) => own(one) === one)) {
    const inside = units.filter((unit) => own(unit) === home && fits(unit)).map(leaf);
    const firmsHere = enterprises
      .filter((one) => one.areaCode.startsWith(home.areaCode))
      .reduce((sum, one) => sum + one.count, 0);
    if (q === '' && firmsHere > 0) inside.push({ key: `enterprises:${home.areaCode}`, title: `企业（${firmsHere}）` });
    nodes.push(...group(`area-${home.id}`, home.shortName ?? home.name, inside));
  }
  return nodes;
}

const group = (key: string, title: string, children: TreeNode[]): TreeNode[] =>
  children.length === 0
    ? []
    : [{ key: `group:${key}`, title: `${title}（${children.length}）`, selectable: false, children }];

function below(units: readonly TreeUnit[], parentId: string | null, fits: (unit: TreeUnit) => boolean): TreeNode[] {
  const known = new Set(units.map((unit) => unit.id));
  const here = units.filter((unit) =>
    parentId === null ? unit.parentId === null || !known.has(unit.parentId) : unit.parentId === parentId,
  );
  return here.flatMap((unit) => {
    const children = below(units, unit.id, fits);
    return children.length > 0 || fits(unit)
      ? [{ key: unit.id, title: unit.name, ...(children.length > 0 ? { children } : {}) }]
      : [];
  });
}
