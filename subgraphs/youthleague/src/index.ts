import { runOffice } from '@chengxin/kit/run';
import { office } from './office.js';

await runOffice(office);
