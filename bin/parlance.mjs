#!/usr/bin/env node
// The command line: compiled code when it is what the sources say, else the sources themselves through tsx.
import { requireNode } from '../scripts/setup/node-version.mjs';

requireNode();
void import('../scripts/setup/command-line.mjs').then((module) =>
  module.runCommandLine(process.argv.slice(2)),
);
