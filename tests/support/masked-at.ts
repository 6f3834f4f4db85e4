import type { Shown } from '@chengxin/kit/privacy/masks';

interface Cell {
  readonly shown: Shown;
  readonly group: string;
  /** `EV_AID.FG09` */
  readonly rule: string;
}

type Path = readonly (string | number)[];
/** It is of selections, whatever the position. */
const ofSelection = (path: Path) => path.map((step) => (typeof step === 'number' ? '@' : step));

/** What an answer says beside its data of selections that come masked (docs/decisions/0011). */
export const maskedAt = ({ shown, group, rule }: Cell, ...paths: readonly Path[]) => ({
  extensions: {
    masked: paths.map((path) => ({
      path: ofSelection(path),
      shown,
      group,
      clause: rule.split('.')[1],
      rule,
    })),
  },
});
