import { runOffice } from '@chengxin/kit/server/run';
import { reporting } from './credit-views/reporting.command.js';
import { firstAdmins } from './identity/first-admins.command.js';
import { office } from './office.js';

await runOffice(office, { 'first-admins': firstAdmins, reporting });
