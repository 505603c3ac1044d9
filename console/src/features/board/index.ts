export { Board } from './Board';
export { FirstInLine } from './FirstInLine';
export { LatestChanges } from './LatestChanges';
export { RightNow } from './RightNow';
