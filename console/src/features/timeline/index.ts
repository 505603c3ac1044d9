export { StatusTimeline } from './StatusTimeline';
