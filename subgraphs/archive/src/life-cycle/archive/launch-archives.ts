/** What a launch does to archives: they wait for signatures, and their students are notified (L-10). */
import type { Act } from '@chengxin/kit/change/act';
import { sendNotices, type NoticeOf } from '../../notify/send-notices.js';
import type { Archive } from '../archive.entity.js';
import { archive } from '../archive.noun.js';
import type { Commitment } from '../commitment.entity.js';
import { offeredAtEntry } from '../commitment/commitment-change.rules.js';
import { commitment } from '../commitment/commitment.noun.js';
import { lockReached } from './launched.loader.js';
import type { SigningLaunch } from './signing-launch.entity.js';
import { STUDENT_AFFAIRS } from '../../org/own-office.js';

const FROM_STUDENT_AFFAIRS = { subgraph: 'archive', office: STUDENT_AFFAIRS } as const;

const aboutAgreement = ({ studentNo }: Archive): NoticeOf => ({
  ...FROM_STUDENT_AFFAIRS,
  studentNo,
  kind: 'AGREEMENT',
  type: archive.name,
  id: studentNo,
  groups: ['ACCOUNT'],
});
const aboutCommitment = ({ studentNo, id }: Commitment): NoticeOf => ({
  ...FROM_STUDENT_AFFAIRS,
  studentNo,
  kind: 'TEMPLATE',
  type: commitment.name,
  id,
  groups: ['COMMITMENTS'],
});

/**
 * Launch some of the archives that a launch reaches, each with its line in the log.
 *
 * @param atMost  So many; more than these are reached the next time.
 * @returns How many students it reached.
 */
export async function launchArchives(
  launch: SigningLaunch,
  act: Act,
  atMost: number,
): Promise<number> {
  const { agreementVersion, verificationDays, commitmentVersion: templateVersion } = launch;
  const { imported, withoutCommitment } = await act.follow((em) => lockReached(em, launch, atMost));
  await act.alsoAll(archive, imported, { agreementVersion, verificationDays }, 'archive.launch');
  const offered = offeredAtEntry({ templateVersion, ownerOffice: STUDENT_AFFAIRS });
  const commitments = await act.alsoMake(
    commitment,
    withoutCommitment.map(offered),
    'commitment.offer',
  );
  const notices = [...imported.map(aboutAgreement), ...commitments.map(aboutCommitment)];
  await act.follow((em, now) => sendNotices(em, now, notices));
  return new Set([...imported.map(({ studentNo }) => studentNo), ...withoutCommitment]).size;
}
