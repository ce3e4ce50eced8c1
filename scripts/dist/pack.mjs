/**
 * Puts the app and Electron together: one folder with the executable. Linux is what this is run and tested on; the
 * options for Windows and macOS are here, complete but not run yet (signing and notarisation need keys that a
 * repository does not hold).
 */
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packager } from '@electron/packager';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { root } from '../ensure-build.mjs';
import { electronSource } from './electron.mjs';
import { writeIcns, writeIco } from './icons.mjs';
import { identity, manifest, packaging } from './identity.mjs';

/**
 * Switches in Electron's executable.
 * @param forTests leaves the inspect arguments on, through which the tests drive the app; off in a release.
 */
export function fuses(platform, forTests) {
  return {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: forTests,
    // Electron has no such check on Linux
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // the page comes from app://, nothing from file://
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

/** The executable inside a packaged folder. */
export function executableOf(folder, platform) {
  if (platform === 'darwin')
    return join(folder, `${identity.productName}.app`, 'Contents', 'MacOS', identity.productName);
  return join(folder, platform === 'win32' ? `${identity.name}.exe` : identity.name);
}

/** What only one platform wants. Not run yet: win32, darwin. */
async function platformOptions(platform, work) {
  if (platform === 'win32') {
    await writeIco(join(work, 'icon.ico'));
    return {
      icon: join(work, 'icon.ico'),
      win32metadata: {
        CompanyName: manifest.author,
        FileDescription: identity.productName,
        InternalName: identity.name,
        'requested-execution-level': 'asInvoker',
      },
    };
  }
  if (platform === 'darwin') {
    await writeIcns(join(work, 'icon.icns'));
    const uti = `${identity.appId}.study`;
    return {
      icon: join(work, 'icon.icns'),
      appBundleId: identity.appId,
      appCategoryType: 'public.app-category.education',
      extendInfo: {
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: 'SGD Dynamics Lab study',
            CFBundleTypeRole: 'Editor',
            LSHandlerRank: 'Owner',
            LSItemContentTypes: [uti],
          },
        ],
        UTExportedTypeDeclarations: [
          {
            UTTypeIdentifier: uti,
            UTTypeDescription: 'SGD Dynamics Lab study',
            UTTypeConformsTo: ['public.data'],
            UTTypeTagSpecification: {
              'public.filename-extension': ['sgdlab'],
              'public.mime-type': [identity.mimeType],
            },
          },
        ],
      },
      // signed and notarised where the keys are given
      ...(process.env.APPLE_TEAM_ID && {
        osxSign: {},
        osxNotarize: {
          appleId: process.env.APPLE_ID ?? '',
          appleIdPassword: process.env.APPLE_APP_PASSWORD ?? '',
          teamId: process.env.APPLE_TEAM_ID,
        },
      }),
    };
  }
  return {};
}

/**
 * Packs the staged app with Electron.
 * @returns the packaged folder.
 */
export async function packApp({ staged, work, platform, arch, forTests }) {
  const [folder] = await packager({
    dir: staged,
    out: work,
    name: identity.productName,
    executableName: platform === 'darwin' ? undefined : identity.name,
    platform,
    arch,
    appVersion: identity.version,
    appCopyright: `Copyright © ${manifest.author}`,
    asar: true,
    // staged with exactly what it needs
    prune: false,
    overwrite: true,
    quiet: true,
    ...(await electronSource(work, platform, arch)),
    ...(await platformOptions(platform, work)),
  });
  await rm(join(work, 'electron'), { recursive: true, force: true });
  await flipFuses(executableOf(folder, platform), {
    version: FuseVersion.V1,
    // a changed executable must be signed again, and macOS on ARM runs none without
    resetAdHocDarwinSignature: platform === 'darwin' && arch === 'arm64',
    strictlyRequireAllFuses: false,
    ...fuses(platform, forTests),
  });
  // the packager makes it for its owner only
  await chmod(folder, 0o755);
  await addTexts(folder);
  if (platform !== 'darwin') await dropLanguages(folder);
  if (platform === 'linux') await addLauncher(folder);
  return folder;
}

/** The licences where people look for them: beside the executable. Electron's own get a name that says so. */
async function addTexts(folder) {
  await copyFile(join(folder, 'LICENSE'), join(folder, 'LICENSE.electron.txt'));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await copyFile(join(root, 'out', 'third-party-notices.txt'), join(folder, 'third-party-notices.txt'));
}

/** Chromium's own texts in languages that the app does not speak: 45 MB. It falls back on English. */
async function dropLanguages(folder) {
  const locales = join(folder, 'locales');
  for (const file of await readdir(locales)) if (!/^(en-|ja\b)/.test(file)) await rm(join(locales, file));
}

async function addLauncher(folder) {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await copyFile(join(packaging, 'linux', 'sgdlab'), join(folder, 'bin', 'sgdlab'));
  await chmod(join(folder, 'bin', 'sgdlab'), 0o755);
}
