export { type Live, useFollowLive, useLive } from './live';
