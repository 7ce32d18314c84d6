"""Prints the options of commands of the AWS CLI, a line a command.

Reads a command a line ("rds reboot-db-instance", "rds wait db-instance-available") from
standard input, asks the CLI of this Python what its `help` would print, and ends with 1
where it has no such command. docs/runbooks/README.md says how it is run.
"""

import sys

import awscli
from awscli.clidriver import create_clidriver


def options(driver, words):
    """The options of one command, or None where the CLI does not have it."""
    command = driver
    for word in words:
        table = getattr(command.create_help_command(), "command_table", None) or {}
        if word not in table:
            return None
        command = table[word]
    arguments = command.create_help_command().arg_table
    return sorted("--" + name for name, argument in arguments.items() if not argument.positional_arg)


def main():
    driver = create_clidriver()
    print("# Written by aws-cli.py from the AWS CLI " + awscli.__version__ + "; docs/runbooks/README.md says how.")
    print("aws", *options(driver, []))
    missing = 0
    for line in sorted(set(sys.stdin.read().splitlines())):
        found = options(driver, line.split())
        if found is None:
            print("the AWS CLI has no command: aws " + line, file=sys.stderr)
            missing = 1
        else:
            print("aws", line, *found)
    return missing


if __name__ == "__main__":
    sys.exit(main())
