/**
 * `@apollo/gateway` from 2.14 reports to its maker unless this is set when a gateway is made: it
 * requests cloud metadata addresses at the start and sends metrics hourly and at the stop. Nothing
 * leaves a college (docs/decisions/0016), so no environment switches it on again.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
