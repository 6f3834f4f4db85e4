import { runOffice } from '@chengxin/kit/server/run';
import { office } from './office.js';

await runOffice(office);
