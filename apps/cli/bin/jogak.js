#!/usr/bin/env node
import { runFromCommandLine } from '../dist/main.js';

await runFromCommandLine();
