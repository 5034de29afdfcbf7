/* status_list.h -- every way an operation can end, once.
 * STATUS(name, key): `key` is the words key ("status.KEY") of the sentence a person sees. */
STATUS(OK, "ok")
STATUS(NOT_FOUND, "not_found")           /* the file, row or key is not there */
STATUS(EXISTS, "exists")                 /* something of that name is there already */
STATUS(IO, "io")                         /* the disk or stick did not do what was asked */
STATUS(DISK_FULL, "disk_full")           /* no space left */
STATUS(READ_ONLY, "read_only")           /* folder or file may not be written */
STATUS(BUSY, "busy")                     /* another program holds the database */
STATUS(NEWER, "newer")                   /* written by a newer Lantern */
STATUS(DAMAGED, "damaged")               /* bytes fail their check */
STATUS(TRUNCATED, "truncated")           /* the file ends too early */
STATUS(TOO_LARGE, "too_large")           /* beyond a named limit */
STATUS(NOT_OURS, "not_ours")             /* not a Lantern file, or another provider's */
STATUS(NOT_TRUSTED, "not_trusted")       /* an open bundle without --trust */
STATUS(INVALID, "invalid")               /* well-formed but breaks a rule; see detail */
STATUS(SEALED, "sealed")                 /* the visit is sealed; only additions */
STATUS(CANCELLED, "cancelled")           /* a person stopped it */
STATUS(LOCKED, "locked")                 /* a code or passphrase is needed to open it */
STATUS(WRONG_CODE, "wrong_code")         /* another code or passphrase than the one given opens it */
STATUS(REVOKED, "revoked")               /* from a device that is no longer trusted */
STATUS(USAGE, "usage")                   /* wrong command line */
