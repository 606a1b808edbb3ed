import { statfsSync } from 'node:fs';
import { root } from './paths.mjs';
import { note, SetupError } from './steps.mjs';

const megabyte = 1024 * 1024;

/**
 * Stops when there is no room for what is still to be installed or built (`workLeft`), and remarks on what may go wrong.
 * Somebody whose checkout is ready must be able to start it on a nearly full disk.
 */
export function checkMachine({ workLeft, freeBytes = freeDisk(), platform = describePlatform() }) {
  if (freeBytes < 500 * megabyte && workLeft()) {
    throw new SetupError(
      `Only ${Math.round(freeBytes / megabyte)} MB of disk are free here; installing and running needs about 2 GB. Free some space and try again.`,
    );
  }
  if (freeBytes < 2048 * megabyte) {
    note(`Only ${Math.round(freeBytes / megabyte)} MB of disk are free; 2 GB are comfortable.`);
  }
  const remark = platformRemark(platform);
  if (remark) note(remark);
}

/** Why the machine is outside what Parlance is tested on, or null. */
export function platformRemark({ os, arch, libc }) {
  if (arch !== 'x64' && arch !== 'arm64') {
    return `The inference engine has no build for ${os} on ${arch}; x64 and arm64 have one.`;
  }
  if (os === 'linux' && libc !== 'glibc') {
    return 'The inference engine needs glibc: on Alpine or another musl system use a Debian-based image.';
  }
  return null;
}

function freeDisk() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

function describePlatform() {
  const header = process.report?.getReport?.().header;
  return { os: process.platform, arch: process.arch, libc: header?.glibcVersionRuntime ? 'glibc' : 'other' };
}
