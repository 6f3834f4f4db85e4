/**
 * The one transaction of a call that changes something. It begins with the first change, holds what
 * the answer discloses, and is committed before the answer leaves (ARCHITECTURE §7).
 */
import { setInstant } from './instant.js';
import { execute, type EntityManager } from './orm.js';
import { isTakenBack } from './retry.js';

export class Transaction {
  /** Why the database took the transaction back: nothing of it can be saved, the call runs again. */
  takenBackBy: Error | undefined;
  private isOpen = false;

  constructor(
    private readonly em: EntityManager,
    private readonly now: Date,
  ) {}

  /** Whether the call has changed something, or tried to. */
  get hasBegun(): boolean {
    return this.isOpen;
  }

  /**
   * Run one step that stays or goes as a whole; what was done before it stays. A step may have steps.
   *
   * @throws What the step throws, once its changes are undone.
   */
  async step<T>(run: () => Promise<T>): Promise<T> {
    const isFirst = !this.isOpen;
    if (isFirst) await this.em.begin();
    this.isOpen = true;
    if (isFirst) await setInstant(this.em, this.now);
    await execute(this.em, 'savepoint step');
    try {
      const result = await run();
      await execute(this.em, 'release savepoint step');
      return result;
    } catch (error) {
      if (error instanceof Error && isTakenBack(error)) this.takenBackBy = error;
      else {
        await execute(this.em, 'rollback to savepoint step');
        // Else a step around this one would come back here, and no further.
        await execute(this.em, 'release savepoint step');
      }
      throw error;
    }
  }

  async commit(): Promise<void> {
    this.isOpen = false;
    await this.em.commit();
  }

  /** Nothing of the call remains. */
  async undo(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      await this.em.rollback();
    } catch {
      // The server rolled back when it cut the connection.
    }
  }
}
