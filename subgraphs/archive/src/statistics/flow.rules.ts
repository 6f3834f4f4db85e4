/** The two algorithms on a network that suppression needs. Pure. */

export interface Arc {
  readonly from: string;
  readonly to: string;
  readonly room: number;
}
interface PricedArc {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cost: number;
}

/** Rooms by node and next node; what flows one way makes as much room the other way. */
type Rooms = Map<string, Map<string, number>>;

function add(rooms: Rooms, from: string, to: string, room: number): void {
  const next = rooms.get(from) ?? new Map<string, number>();
  next.set(to, (next.get(to) ?? 0) + room);
  rooms.set(from, next);
}

/** The nodes of a shortest way with room, from the last one back; nothing when there is none. */
function wayBack(rooms: Rooms, start: string, end: string): [string, string][] | undefined {
  const cameFrom = new Map<string, string>([[start, start]]);
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (node === end) break;
    for (const [next, room] of rooms.get(node) ?? [])
      if (room > 0 && !cameFrom.has(next)) {
        cameFrom.set(next, node);
        queue.push(next);
      }
  }
  if (!cameFrom.has(end)) return undefined;
  const steps: [string, string][] = [];
  for (let node = end; node !== start;) {
    const before = cameFrom.get(node) ?? start;
    steps.push([before, node]);
    node = before;
  }
  return steps;
}

/** How much can flow from one node to another, counted up to what is enough. */
export function mostFlow(arcs: readonly Arc[], start: string, end: string, enough: number): number {
  const rooms: Rooms = new Map();
  for (const { from, to, room } of arcs) add(rooms, from, to, room);
  let flow = 0;
  while (flow < enough) {
    const steps = wayBack(rooms, start, end);
    if (!steps?.length) break;
    const room = Math.min(enough - flow, ...steps.map(([a, b]) => rooms.get(a)?.get(b) ?? 0));
    for (const [a, b] of steps) {
      add(rooms, a, b, -room);
      add(rooms, b, a, room);
    }
    flow += room;
  }
  return flow;
}

/** The arcs of the way that costs least; nothing when there is no way. */
export function leastPath(
  arcs: readonly PricedArc[],
  start: string,
  end: string,
): readonly string[] | undefined {
  const leaving = Map.groupBy(arcs, ({ from }) => from);
  const best = new Map<string, { cost: number; by?: PricedArc }>([[start, { cost: 0 }]]);
  const open = new Set([start]);
  while (open.size) {
    const node = [...open].reduce((a, b) =>
      (best.get(a)?.cost ?? 0) <= (best.get(b)?.cost ?? 0) ? a : b,
    );
    open.delete(node);
    for (const arc of leaving.get(node) ?? []) {
      const cost = (best.get(node)?.cost ?? 0) + arc.cost;
      if (cost >= (best.get(arc.to)?.cost ?? Infinity)) continue;
      best.set(arc.to, { cost, by: arc });
      open.add(arc.to);
    }
  }
  const path: string[] = [];
  for (let node = end; node !== start;) {
    const by = best.get(node)?.by;
    if (!by) return undefined;
    path.push(by.id);
    node = by.from;
  }
  return path;
}
