export { Executive } from './Executive';
