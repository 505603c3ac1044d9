export { LogIn } from './LogIn';
