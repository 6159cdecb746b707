"""What was promised about putting the programs on machines."""

from tests.mutants.mutant import Mutant

HERE = "tests/house/test_install.py::"
OVER_AN_OLD_ONE = HERE + "test_the_installer_puts_a_new_program_over_an_old_one"

MUTANTS = [
    Mutant("a strict root locks the services out of their program", "install/linux.sh",
           '  chmod -R a+rX,go-w "$opt/$new" ', "  : ", OVER_AN_OLD_ONE),
    Mutant("the program that runs loses its files", "install/linux.sh",
           "in one/*) new=two ;; *) new=one ;; esac", "in *) new=one ;; esac", OVER_AN_OLD_ONE),
    Mutant("the browser's temporary files outlive the citizen", "install/kiosk/kiosk-session",
           "  TMPDIR=$profile ", "  ", HERE + "test_each_browser_starts_with_an_empty_profile_in_memory"),
    Mutant("the screen cannot reach its socket", "install/systemd/yizhan-kiosk.service",
           "InaccessiblePaths=-/home -/root\n", "ProtectHome=yes\n",
           HERE + "test_the_screen_reaches_what_it_cannot_run_without"),
]
