/** Stands in for the access events while the benchmark measures what they cost: none is written. */
import type { Context } from '@chengxin/kit/call/context';
import type { DisclosureWriter } from '@chengxin/kit/disclosure/write';
import type { HttpResponse } from '@chengxin/kit/call/http';

export const ACCESS_TOPIC = 'access';
export const publishDisclosure: DisclosureWriter = async () => undefined;
export const discloseAfter = async (
  _write: unknown,
  _ctx: Context,
  answer: HttpResponse,
): Promise<HttpResponse> => answer;
