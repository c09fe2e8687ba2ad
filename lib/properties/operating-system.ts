/** A Linux system in an image. */
export interface LinuxOptions {
  /** The distribution, in lower case (`os_distro`): `ubuntu`, `debian`, `rocky`. */
  readonly distro: string;
  /** The version as the distribution says it (`os_version`): `24.04`, `12`. */
  readonly version: string;
  /**
   * The user that has administrator's rights (`os_admin_user`).
   * @default - the property is not set
   */
  readonly adminUser?: string;
}

/** A Windows system in an image. */
export interface WindowsOptions {
  /** The version (`os_version`): `2022`. */
  readonly version: string;
  /**
   * The user that has administrator's rights (`os_admin_user`).
   * @default - the property is not set
   */
  readonly adminUser?: string;
}

/**
 * The operating system in an image, as its `os_*` properties. See `osPropertyChange` of the image for what changing it does.
 */
export class OperatingSystem {
  /** A Linux. */
  static linux(options: LinuxOptions): OperatingSystem {
    return new OperatingSystem("linux", options.distro, options.version, options.adminUser);
  }

  /** A Windows. */
  static windows(options: WindowsOptions): OperatingSystem {
    return new OperatingSystem("windows", "windows", options.version, options.adminUser);
  }

  private constructor(
    /** The kind, which Nova tunes the virtual machine by (`os_type`). */
    readonly type: string,
    /** The distribution (`os_distro`). */
    readonly distro: string,
    /** The version (`os_version`). */
    readonly version: string,
    /** The user with administrator's rights (`os_admin_user`). */
    readonly adminUser?: string,
  ) {}
}
