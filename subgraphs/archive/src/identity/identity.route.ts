import { execute, forkOf } from '@chengxin/kit/database/orm';
import { json } from '@chengxin/kit/call/http';
import type { SignedRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import type { ActorQuestion } from '@chengxin/kit/call/actor';
import { readActor } from './actor.loader.js';

/** `POST /actor`: what a person may be. The gateway alone calls it. */
export const actorRoute =
  ({ orm }: OfficeParts): SignedRoute =>
  async (body) => {
    const question = JSON.parse(body.toString('utf8')) as ActorQuestion;
    return json(200, await readActor(forkOf(orm), question));
  };

const PEOPLE = `
  select s.staff_no as id, s.name, coalesce(s.title, '') as note,
    array_remove(array_agg(distinct g.role), null) as roles
  from staff s left join admin_grant g on g.staff_no = s.staff_no and g.state = 'ACTIVE'
  group by s.staff_no order by s.staff_no`;

/** `POST /people`: staff for the login page of the embedded provider of a demo college. */
export const peopleRoute =
  ({ orm }: OfficeParts): SignedRoute =>
  async () =>
    json(200, await execute(forkOf(orm), PEOPLE));
