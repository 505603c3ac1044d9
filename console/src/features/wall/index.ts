export { Wall } from './Wall';
