export { Board } from './Board';
export { FirstInLine } from './FirstInLine';
export { LatestChanges } from './LatestChanges';
export { RegistryNotice } from './RegistryNotice';
export { RightNow } from './RightNow';
