#!/usr/bin/env bash
# Repeats the kill -9 tests of csched dev (50 tasks running, nothing lost, nothing run twice) N times, default 20.
set -euo pipefail
cd "$(dirname "$0")/../.."
times=${1:-20}
dotnet build tests/ClusterScheduler.EndToEnd.Tests --nologo -v:quiet -clp:ErrorsOnly
for round in $(seq "$times"); do
    dotnet test tests/ClusterScheduler.EndToEnd.Tests --no-build --nologo -v:quiet \
        --filter 'FullyQualifiedName~Dev.KillTests' >"/tmp/csched-soak-$$" 2>&1 || {
        cat "/tmp/csched-soak-$$"
        echo "round $round of $times failed"
        exit 1
    }
    echo "round $round of $times passed"
done
rm -f "/tmp/csched-soak-$$"
