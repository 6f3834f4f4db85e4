/** Exits 0 when a PostgreSQL answers at the URL given. */
const { Client } = require('pg');

const client = new Client({ connectionString: process.argv[2], connectionTimeoutMillis: 2000 });
client
  .connect()
  .then(() => client.query('select 1'))
  .then(() => client.end())
  .then(
    () => process.exit(0),
    () => process.exit(1),
  );
