#!/bin/sh
# Installs or removes Lantern, file by file. `make install` and `make uninstall` call it:
#   install.sh install|uninstall BUILD DESTDIR PREFIX
#
# Both walk the same list, and nothing but a listed file is ever removed: with PREFIX=~/.local the
# programs' data lie in ~/.local/share/lantern, which is also where a tablet keeps its checks.
set -eu
action=$1 build=$2 prefix=$4
# Not every shell opens the tilde of PREFIX=~/.local.
case $prefix in "~/"*) prefix=$HOME/${prefix#??} ;; esac
root=$3$prefix
cd "$(dirname "$0")/../../.."
here=platform/linux/install

# mode, file here, file there
list() {
    echo "755 $build/lantern bin/lantern"
    echo "755 $build/lantern-office bin/lantern-office"
    echo "644 $here/lantern.desktop share/applications/lantern.desktop"
    echo "644 $here/lantern.xml share/mime/packages/lantern.xml"
    echo "644 $here/lantern.svg share/icons/hicolor/scalable/apps/lantern.svg"
    echo "644 $here/lantern.1 share/man/man1/lantern.1"
    echo "644 $here/lantern-office.1 share/man/man1/lantern-office.1"
    echo "644 LICENSE share/doc/lantern/LICENSE"
    echo "644 README.md share/doc/lantern/README.md"
    find assets -type f ! -path 'assets/pictures/*' | LC_ALL=C sort | while read -r file; do
        echo "644 $file share/lantern/${file#assets/}"
    done
    find assets/pictures -type f | LC_ALL=C sort | while read -r file; do
        echo "644 $file share/doc/lantern/$file"
    done
}

put() {
    list | while read -r mode from to; do
        install -D -m "$mode" "$from" "$root/$to"
    done
}

take_away() {
    list | while read -r _ _ to; do
        rm -f "$root/$to"
        # Folders that are empty now go as well, up to the prefix.
        folder=$(dirname "$to")
        while [ "$folder" != . ] && rmdir "$root/$folder" 2>/dev/null; do
            folder=$(dirname "$folder")
        done
    done
}

# Menus and file types are known at once. Without these programs they are known after the next login.
tell_desktop() {
    [ -z "$1" ] || return 0
    command -v update-desktop-database >/dev/null && update-desktop-database -q "$root/share/applications" || :
    command -v update-mime-database >/dev/null && update-mime-database "$root/share/mime" || :
    command -v gtk-update-icon-cache >/dev/null && gtk-update-icon-cache -q -t -f "$root/share/icons/hicolor" || :
}

case $action in
install) put ;;
uninstall) take_away ;;
*)
    echo "install.sh: install or uninstall" >&2
    exit 1
    ;;
esac
tell_desktop "$3"
