# pip install "mcp>=2"
import asyncio, json, os, urllib.request

from mcp import Client
{{python.import}}

request = urllib.request.Request("{{url}}", headers={"X-API-Key": os.environ["LEASH_API_KEY"]})
with urllib.request.urlopen(request) as response:
    data = json.load(response)["data"]


async def main():
    transport = {{python.transport}}
    async with Client(transport) as client:
        for tool in (await client.list_tools()).tools:
            print(tool.name)


asyncio.run(main())
