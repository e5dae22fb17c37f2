curl --fail-with-body --silent --show-error \
  --header "X-API-Key: $LEASH_API_KEY" \
  "{{url}}"
