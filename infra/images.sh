#!/bin/sh
# infra/images.sh REPOSITORY TAG > infra/images.tfvars
# Names the images of a build by their digests, as Terraform's variable `images`.
set -eu

echo 'images = {'
for function in upload status worker; do
    digest=$(gcloud artifacts docker images describe "$1/$function:$2" --format='value(image_summary.digest)')
    case $digest in
    sha256:*) echo "  $function = \"$1/$function@$digest\"" ;;
    *)
        echo "$1/$function:$2 has no digest." >&2
        exit 1
        ;;
    esac
done
echo '}'
