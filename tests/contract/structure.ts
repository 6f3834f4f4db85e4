/** What may import what, judged from sources alone, so that a test can plant a file that may not. */

/** Path from the root of the project → source. */
export type Sources = ReadonlyMap<string, string>;

interface Import {
  readonly from: string;
  /** As it is written. */
  readonly name: string;
  /** The file that it leads to; nothing for a package that is not ours. */
  readonly to: string | undefined;
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`. */
const NAMED = /(?:\b(?:import|export)\s+[^'"`;]*?\bfrom\s*|\bimport\s*\(?\s*)(['"`])([^'"`\n]+)\1/g;
const OWN_SCOPE = /^@chengxin\/(\w+)(?:\/(.+))?$/;

/** Folder of a workspace, by its name; every other one is an office. */
const FOLDERS: Readonly<Record<string, string>> = {
  gateway: 'gateway',
  college: 'gateway/college',
};
const folderOf = (workspace: string): string => FOLDERS[workspace] ?? `subgraphs/${workspace}`;

/** `subgraphs/finance/src/bill.entity.ts` → `finance` */
export function workspaceOf(path: string): string {
  if (path.startsWith('gateway/college/')) return 'college';
  return /^subgraphs\/([^/]+)\//.exec(path)?.[1] ?? path.split('/')[0] ?? '';
}

/** `a/b` and `../c.js` → `a/c.ts` */
function resolved(from: string, name: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/').replace(/\.js$/, '.ts');
}

function targetOf(from: string, name: string): string | undefined {
  if (name.startsWith('.')) return resolved(from, name);
  const [, workspace, path] = OWN_SCOPE.exec(name) ?? [];
  return workspace ? `${folderOf(workspace)}/src/${path}.ts` : undefined;
}

const importsIn = (sources: Sources): Import[] =>
  [...sources].flatMap(([from, source]) =>
    [...source.matchAll(NAMED)].map(([, , name = '']) => ({
      from,
      name,
      to: targetOf(from, name),
    })),
  );

/** Folders of one workspace that import each other, each pair with an import either way. */
export function foldersInCircle(sources: Sources, root: string): string[] {
  const folderIn = (path: string | undefined): string | undefined =>
    path?.startsWith(root) ? /^([^/]+)\//.exec(path.slice(root.length))?.[1] : undefined;
  const between = new Map<string, string>();
  for (const { from, to } of importsIn(sources)) {
    const [a, b] = [folderIn(from), folderIn(to)];
    if (a && b && a !== b) between.set(`${a} ${b}`, `${from} → ${to}`);
  }
  return [...between].flatMap(([pair, one]) => {
    const [a = '', b = ''] = pair.split(' ');
    const other = between.get(`${b} ${a}`);
    return other && a < b ? [`${a} and ${b}: ${one}, ${other}`] : [];
  });
}

/** Circles in which files import each other, be it types alone, each as the way round: `a → b → a`. */
export function circles(sources: Sources): string[] {
  const next = Map.groupBy(
    importsIn(sources).filter(({ to }) => sources.has(to ?? '')),
    ({ from }) => from,
  );
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (file: string): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const { to = '' } of next.get(file) ?? []) walk(to);
    way.pop();
    done.add(file);
  };
  for (const file of sources.keys()) walk(file);
  return found;
}

/** Workspaces whose sources a workspace may import, beside its own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[] | 'any'>> = {
  kit: [],
  // It starts everything on one machine, and serves no request of a college that runs apart.
  college: 'any',
  tests: 'any',
};
const AN_OFFICE_OR_THE_GATEWAY = ['kit'];

/** Imports out of a workspace into one that it may not know. */
export const trespasses = (sources: Sources): string[] =>
  importsIn(sources).flatMap(({ from, name, to }) => {
    const own = workspaceOf(from);
    const other = to === undefined ? own : workspaceOf(to);
    const may = MAY_IMPORT[own] ?? AN_OFFICE_OR_THE_GATEWAY;
    return other === own || may === 'any' || may.includes(other) ? [] : [`${from} → ${name}`];
  });
