export { TriggerList } from './TriggerList';
