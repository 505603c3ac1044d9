export { Accept } from './Accept';
export { DeadLink } from './DeadLink';
export { LogIn } from './LogIn';
