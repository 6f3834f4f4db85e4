import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';

/** How far the reading of a file is. */
export interface Progress {
  /** So many rows were read, of about so many. */
  read(rows: number, of: number): void;
  end(): void;
}

/** Away from a terminal, a line for so many rows. */
const ROWS_A_LINE = 100_000;

function plainLines(out: NodeJS.WritableStream): Progress {
  let said = 0;
  return {
    read(rows) {
      if (rows - said < ROWS_A_LINE) return;
      out.write(`${rows} rows\n`);
      said = rows;
    },
    end() {},
  };
}

function bar(out: NodeJS.WritableStream): Progress {
  const shown = new SingleBar(
    {
      stream: out,
      format: '{bar} {percentage}%  {value} rows  {eta_formatted}',
      // Ctrl+C leaves no mode of the terminal to reset.
      linewrap: true,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    read(rows, of) {
      const total = Math.max(rows, of);
      if (isStarted) shown.setTotal(total);
      else shown.start(total, 0);
      isStarted = true;
      shown.update(rows);
    },
    end() {
      shown.stop();
    },
  };
}

/** A bar on a terminal, plain lines elsewhere. */
export const progressOn = (
  out: NodeJS.WritableStream & Pick<WriteStream, 'isTTY'> = process.stderr,
): Progress => (out.isTTY ? bar(out) : plainLines(out));
