export {
  calendarDay,
  clockTime,
  dayName,
  exact,
  millis,
  moment,
  offsetName,
  readerZone,
} from './instants';
export { useNow } from './now';
export { ago, shortSpan, span } from './spans';
export { wallTime, zoneNames } from './zones';
