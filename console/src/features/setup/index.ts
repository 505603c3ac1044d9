export { AccountStep } from './AccountStep';
export { HearStep } from './HearStep';
export { PageStep } from './PageStep';
export { lastStep, Steps } from './Steps';
export { WatchStep } from './WatchStep';
