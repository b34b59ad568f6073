package io.tda.worker.local;

/** The exit codes of the command line; those from 64 on have the meaning of {@code sysexits.h}. */
enum ExitCode {
  OK(0),
  /** The step ended FAILED, or a document is not what it should be. */
  STEP_FAILED(1),
  NOTHING_TO_DO(2),
  USAGE(64),
  BAD_INPUT(65),
  /** Something that has to be there is not: an emulator, a service that starts. */
  UNAVAILABLE(69),
  SOFTWARE(70),
  BAD_CONFIGURATION(78);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
