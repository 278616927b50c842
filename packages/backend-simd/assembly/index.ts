export { fork, help, join, runAlone } from './threads';
