export { AddService } from './AddService';
