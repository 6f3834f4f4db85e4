/** Everybody who is compared, as the tables name them. */
export const OURS = 'ours, everything on';
export const OURS_BARE = 'ours, bare offices';
export const STOCK = 'stock @apollo/gateway';
export const HIVE = 'Hive Gateway';
export const HIVE_RUST = 'Hive Gateway, Rust planner';
export const FLOOR = 'floor: SQL by hand';
