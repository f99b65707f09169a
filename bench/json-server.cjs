// SPDX-License-Identifier: GPL-3.0-or-later
// The other mock server of bench/sandbox: json-server as its README shows it used from a program,
// on a free port, without logging. Usage: json-server.cjs FILE; prints the port when it is ready.
'use strict'
const jsonServer = require('json-server')

const app = jsonServer.create()
app.use(jsonServer.defaults({ logger: false }))
app.use(jsonServer.router(process.argv[2]))
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
