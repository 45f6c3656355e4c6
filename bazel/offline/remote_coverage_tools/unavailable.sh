#!/bin/sh
echo "coverage needs the network: remove the stand-in of remote_coverage_tools" >&2
exit 1
