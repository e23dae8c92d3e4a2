#!/usr/bin/env bash
# Runs a command whose output may hold anything that somebody typed: GitHub takes no line of it for a command (::error:: and the like).
# Only the token switches commands on again, and nobody can know it beforehand.
set -euo pipefail
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
trap 'echo; echo "::$token::"' EXIT
"$@"
