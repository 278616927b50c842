// Puts jasmine's `describe`, `it`, … into the global scope, where tfjs-core's tests look for them. A module of its own, so that it runs before theirs.

import jasmineRequire from 'jasmine-core/lib/jasmine-core/jasmine.js';
import boot from 'jasmine-core/lib/jasmine-core/node_boot.js';

export const jasmine = boot(jasmineRequire);
